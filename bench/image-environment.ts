import { readFile } from 'node:fs/promises';

const DOCKERFILE = new URL('../Dockerfile', import.meta.url);

/** The variables that the image sets, several of which concern memory. */
export async function imageEnvironment(): Promise<Record<string, string>> {
  const lines = (await readFile(DOCKERFILE, 'utf8')).matchAll(/^ENV (\w+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
}
