/** The one function that we use of a package without types. */
declare module 'fs-native-extensions' {
  /** False if another open file description holds a lock that conflicts. */
  export function tryLock(fd: number, options?: { readonly shared?: boolean }): boolean;
}
