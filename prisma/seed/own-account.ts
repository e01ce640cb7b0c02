/**
 * One customer a conversation: what a model writes into an argument can't make it act on somebody else's account.
 * Staff (subject type `staff`) serve many customers, so the rule is for customers.
 */
import type { PolicyGuardrail } from '@reeve/policy';

export const ownAccountOnly = (argument: string, tools: string[]): PolicyGuardrail => ({
  kind: 'pre_tool',
  title: "Only the customer's own account",
  tools,
  enabled: true,
  when: 'subject.type == "user"',
  checks: [
    {
      name: 'user_is_caller',
      must: `args.${argument} == subject.id`,
      message: 'This account belongs to another customer than the one who is asking.',
    },
  ],
});
