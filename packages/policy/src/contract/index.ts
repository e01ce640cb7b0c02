/** `@reeve/policy/contract`: what agents and Reeve say to each other, without the decision itself. */
export * from './evaluation.js';
export * from './outcome.js';
