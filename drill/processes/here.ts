import { BinaryNotFoundError } from '../../devserver/find-in-order.ts';
import { CannotRunError } from '../drill.ts';

/** @throws CannotRunError where the search finds no binary */
export async function here<T>(search: Promise<T>): Promise<T> {
  try {
    return await search;
  } catch (error) {
    if (error instanceof BinaryNotFoundError) throw new CannotRunError(error.message);
    throw error;
  }
}
