/** A message of the package without the name of its argument, which the page's user has not given. */
export function withoutArgument(message: string): string {
  return message.replace(/^(source|model): /, '');
}
