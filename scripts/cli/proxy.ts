export async function proxyCommand(_args: string[]): Promise<void> {}
