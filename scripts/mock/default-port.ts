/** The port of a mock that is not given one. It has its own file, so that the command can show it before it loads the mock. */
export const DEFAULT_PORT = 4010;
