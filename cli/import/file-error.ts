/** The file as a whole cannot be read as what it should be. Never holds a cell's value. */
export class FileError extends Error {
  override readonly name = 'FileError';
}
