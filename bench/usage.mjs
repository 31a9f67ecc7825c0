// A command that asks for what there is not is told so in a line, without the stack that a fault of the program gets.
import { readFileSync } from 'node:fs';

/** The command line asks for what there is not. */
export class UsageError extends Error {}

/** For the whole process: from now on such errors are told by their message, and end it with 2. */
export function tellUsageErrors() {
  process.on('uncaughtException', (error) => {
    const isUsage =
      error instanceof UsageError || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_'));
    console.error(isUsage ? error.message : error);
    process.exit(isUsage ? 2 : 1);
  });
}

/** @param {string} option @param {string} value @param {number} minimum */
export function wholeNumber(option, value, minimum) {
  const number = Number(value);
  if (Number.isInteger(number) && number >= minimum) return number;
  throw new UsageError(`--${option}: "${value}" was given; it takes a whole number of at least ${minimum}.`);
}

/** Of a file. @param {string} what  it is given for @param {string} file */
export function readJson(what, file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const { message } = /** @type {Error} */ (cause);
    throw new UsageError(`${what}: ${file} is no JSON that can be read. (${message})`, { cause });
  }
}
