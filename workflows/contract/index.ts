export * from './calls.ts';
export * from './erasure.ts';
export * from './messages.ts';
export * from './names.ts';
export * from './notification.ts';
export * from './policy.ts';
export * from './request.ts';
export * from './view.ts';
