import proto from '@temporalio/proto';

/** So many days, as Temporal's API takes them. */
export function days(count: number) {
  return proto.google.protobuf.Duration.fromObject({ seconds: count * 86_400 });
}
