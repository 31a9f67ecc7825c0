/**
 * The source text of an expression that calls `code`, in a form that every engine's driver can evaluate.
 * @param {string | Function} code
 * @param {unknown} argument  JSON
 */
export function expression(code, argument) {
  return typeof code === 'string' ? code : `(${code})(${JSON.stringify(argument) ?? ''})`;
}
