/**
 * The reasons of decisions: a closed list of codes, each with a sentence for the person behind the agent and one
 * for the people who govern it. `{name}` is filled from the decision's detail; a public sentence quotes no rule.
 * `quotes`: members of the detail that repeat the request's own words (quoted.ts).
 */

export const REASONS = {
  allowed: { user: 'Allowed.', admin: 'Every stage passed.' },
  unknown_subject: {
    user: 'We do not know who this request is for.',
    admin: 'The tenant has no such subject.',
  },
  assistant_not_permitted: {
    user: 'This assistant cannot be used here.',
    admin: 'The API key may not speak for the assistant {assistant}.',
    quotes: ['assistant'],
  },
  assistant_missing: {
    user: 'The request does not say which assistant is asking.',
    admin: 'Neither context.agent nor the API key names one assistant.',
  },
  unknown_assistant: {
    user: 'This assistant cannot be used here.',
    admin: 'The policy has no assistant {assistant}.',
    quotes: ['assistant'],
  },
  assistant_disabled: {
    user: 'This assistant is switched off.',
    admin: 'The assistant {assistant} is disabled in the policy.',
  },
  tool_not_on_allow_list: {
    user: 'This assistant cannot do that.',
    admin: '{tool} is not on the allow-list of the assistant {assistant}.',
  },
  resource_type_not_on_allow_list: {
    user: 'This assistant cannot do that.',
    admin: 'The type {resource} is not on the allow-list of the assistant {assistant}.',
  },
  kill_switch_answers_only: {
    user: 'Actions are switched off at the moment; questions can still be answered.',
    admin: 'A kill switch ({scope}: {target}) leaves answers only: {reason}',
  },
  kill_switch_read_only: {
    user: 'Changes are switched off at the moment; looking things up still works.',
    admin: 'A kill switch ({scope}: {target}) leaves reading only: {reason}',
  },
  kill_switch_stopped: {
    user: 'This is switched off at the moment.',
    admin: 'A kill switch ({scope}: {target}) stops everything: {reason}',
  },
  unknown_action: {
    user: 'This kind of action is not supported.',
    admin: '{action} on a {resource} is not something this policy governs.',
    quotes: ['action', 'resource'],
  },
  unknown_tool: { user: 'There is no such tool.', admin: 'The policy has no tool {tool}.', quotes: ['tool'] },
  invalid_arguments: {
    user: 'The arguments do not fit this tool.',
    admin: 'The arguments break the JSON Schema of {tool}.',
  },
  unknown_resource: {
    user: 'There is no such thing.',
    admin: 'The tenant has registered no such {resource}, and its policy asks for that.',
  },
  invalid_properties: {
    user: 'What was said of this does not fit.',
    admin: 'The properties break the JSON Schema of {resource}.',
  },
  no_grant: {
    user: 'You are not permitted to do this.',
    admin: 'No role of the subject has a cell for {tool} that applies, and no grant does.',
  },
  denied_by_matrix: {
    user: 'You are not permitted to do this.',
    admin: 'The cell {role} x {tool} denies it.',
  },
  denied_for_subject: {
    user: 'You are not permitted to do this.',
    admin: '{tool} is denied to this subject, whatever its roles.',
  },
  condition_unanswerable: {
    user: 'We could not tell whether this is permitted, so it is not.',
    admin: 'The condition of the cell {role} x {tool} has no yes or no for this request.',
  },
  guardrail_failed: { user: '{message}', admin: 'Guardrail {guardrail}, check {check}: {message}' },
  approval_required: {
    user: 'Somebody has to approve this first.',
    admin: 'The cell {role} x {tool} asks for approval.',
  },
  human_only: {
    user: 'Only a person can do this.',
    admin: '{tool} is human_only: an agent may propose it, a person executes.',
  },
  quota_exceeded: {
    user: 'The allowance for this is used up until {resetsAt}.',
    admin: 'Quota {quota}: {limit} per {windowSeconds} s are spent; it resets at {resetsAt}.',
  },
  stage_error: {
    user: 'We could not decide this, so it is not permitted.',
    admin: 'The stage {stage} failed ({error}).',
  },
} as const satisfies {
  readonly [code: string]: {
    readonly user: string;
    readonly admin: string;
    readonly quotes?: readonly string[];
  };
};

export type Reason = keyof typeof REASONS;
export const REASON_CODES = Object.keys(REASONS) as readonly Reason[];
