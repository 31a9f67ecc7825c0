/**
 * The source of an expression, which every engine evaluates alike.
 * @param {string | Function} code
 * @param {unknown} argument  JSON
 */
export function expression(code, argument) {
  return typeof code === 'string' ? code : `(${code})(${JSON.stringify(argument) ?? ''})`;
}
