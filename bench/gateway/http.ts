/** One call over HTTP, its body read to the end. */
export async function callGateway(
  url: string,
  init: RequestInit,
  expected: number,
): Promise<string> {
  const answer = await fetch(url, init);
  await answer.arrayBuffer();
  return answer.status === expected ? 'ok' : String(answer.status);
}
