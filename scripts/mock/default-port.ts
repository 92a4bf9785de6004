/** The port of a mock that is not given one. In a file of its own: the command shows it before it loads the mock. */
export const DEFAULT_PORT = 4010;
