/** Options that take a number. */
import { InputError } from "../shared/input-error.ts";

/** The value of an option that takes a whole number. @throws {InputError} naming the option and its range */
export function wholeNumber(option: string, text: string, max: number): number {
  if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new InputError({ message: `--${option} ${text} is not a whole number from 0 to ${max}.` });
}

/** The value of an option that takes a number, such as a share. @throws {InputError} naming the option and its range */
export function numberFrom(option: string, text: string, max: number): number {
  if (/^\d*\.?\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new InputError({ message: `--${option} ${text} is not a number from 0 to ${max}.` });
}
