/** The headings under which `onboard --help` lists its commands. */
export const HELP_GROUP = {
  onboard: 'Onboard a sender:',
  see: 'See how it goes:',
  operate: 'Step in:',
  run: 'Run the system:',
} as const;
