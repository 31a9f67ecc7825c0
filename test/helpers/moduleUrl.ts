/** A data URL of a worklet module. WebKitGTK may lock up on a blob URL: workaround 11. */
export function moduleUrl(code: string): string {
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`;
}
