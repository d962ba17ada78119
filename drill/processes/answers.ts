const TRY_FOR_MS = 2_000;

/** Whether somebody answers there with HTTP 200. */
export async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TRY_FOR_MS) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
