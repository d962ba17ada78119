/** What an event leaves that has ended something: that it is there says that the event has been heeded. */
export function heededEvent(): Promise<void> {
  return Promise.resolve();
}
