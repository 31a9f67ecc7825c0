/** Where a worklet's module is. Not a blob's address, with which WebKitGTK may lock up: workaround 11. */
export function moduleUrl(code: string): string {
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`;
}
