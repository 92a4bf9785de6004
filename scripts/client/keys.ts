/** Keys that are sent in other ways than as a header's value. Generated clients import this only where the document asks for it. */

/** @returns a function that adds the key to an address, as this parameter of its query */
export function keyInQuery(name: string): (url: string, key: string) => string {
  return (url, key) => {
    const address = new URL(url);
    address.searchParams.set(name, key);
    return address.href;
  };
}

/** The credentials of HTTP Basic (RFC 7617, 2), of a key `user:password`. What has no colon is encoded already. */
export function basicCredentials(key: string): string {
  if (!key.includes(":")) return key;
  return btoa(String.fromCharCode(...new TextEncoder().encode(key)));
}
