/** The decision: pure and isomorphic. What agents ask, what people govern, and the function between the two. */
export * from './vocabulary.js';
export type { Facts, Outcome, Report, Stage } from './stage.js';
export { CHANGE_ACTIONS, movedBy, type ChangeAction, type Moves } from './changes.js';
export { compositeKey, partsOf } from './composite-key.js';
export { nameOfStep, pointer, pointerStep } from './json-pointer.js';
export { inNaturalOrder, naturally } from './natural-order.js';
export { decide, decideAndMove, PIPELINE, type Decided } from './pipeline.js';
export { account, type Account, type Recorded } from './account.js';
export { foundKey, kindsOf, ownKey, stateKey, type Kind, type StateKey } from './state/kind.js';
export { StateMap, stateOf, stateText, type States } from './state/states.js';
export type { Move, Moved } from './state/move.js';
export { explain } from './explain.js';
export { exampleQuestion, type ExampleQuestion } from './example-question.js';
export { isNamed, UNKNOWN_NAME, withoutQuotes, type Findings } from './quoted.js';
export { REASONS, REASON_CODES, type Reason } from './reasons.js';

export {
  compilePolicy,
  type CompiledAssistant,
  type CompiledGuardrail,
  type CompiledPolicy,
  type CompiledQuota,
  type CompiledResourceType,
  type CompiledTarget,
  type CompiledTool,
} from './document/compile.js';
export { compileCondition, type Condition } from './expressions/cel/condition.js';
export { VARIABLES } from './expressions/cel/variables.js';
export { rehearse } from './expressions/rehearsal.js';
export { compileSchema, type ArgumentCheck, type ArgumentError } from './expressions/schema.js';
export { applyEdits } from './document/edits.js';
export { diffPolicies, editsBack, editsFrom, type PolicyChange } from './document/diff.js';
export { checkPolicy, parsePolicy, type ParsedPolicy, type PolicyProblem } from './document/check.js';
export { actionTarget, classOf, placeOf, targetOf, targetsOf } from './matrix/target.js';
export { explainCell, type CellExplanation } from './matrix/explain-cell.js';

export { Between, directionOf } from './review/direction.js';
export { DIRECTIONS, type Direction } from './document/direction.js';
export { explainTool, type ToolExplanation } from './review/explain-tool.js';
export { conditionProblem, tryCondition, type ConditionProblem, type Tried } from './review/try-condition.js';
export { conditionWords } from './review/condition-words.js';
export { effectsOf, type PolicyEffect } from './review/effects.js';
export { endingsOf, type Endings } from './document/endings.js';
export {
  mayAllow,
  ownCells,
  setCells,
  setEffect,
  withCondition,
  type CellEdits,
  type CellName,
  type CellValue,
} from './review/cell-edits.js';
export { isGrant, toolStandings, type ToolStanding } from './review/tool-standing.js';
export { change, lockedBy, removal } from './document/removals.js';
export { answerWords, EFFECT_MEANING, effectWords, type EffectWords } from './review/words.js';
export type { Answer } from './matrix/answer.js';

export { LONGEST_WINDOW_MS, quotaLog, quotaOfKey } from './stages/quota/kind.js';
export { resetsAt, used } from './stages/quota/log.js';

export { asPolicy, EMPTY_POLICY, PolicyDocument, PolicyEdit } from './document/policy-document.js';
export {
  entriesOf,
  KIND_NAMES,
  KINDS,
  NAMED_KINDS,
  type KindName,
  type NamedKind,
  type Values,
} from './document/kinds.js';
export {
  Assistant,
  DEFAULT_LOG_POLICY,
  LOG_POLICIES,
  type LogPolicy,
  type PolicyAssistant,
} from './document/kinds/assistant.js';
export { Guardrail, type PolicyGuardrail } from './document/kinds/guardrail.js';
export { Quota, type PolicyQuota } from './document/kinds/quota.js';
export { Role, type PolicyRole } from './document/kinds/role.js';
export { Tool, type PolicyTool } from './document/kinds/tool.js';
export { ResourceType, type PolicyResourceType } from './document/kinds/resource-type.js';
export { Cell, CELL_EFFECTS, type PolicyCell } from './matrix/cell.js';
export { Expression, Name } from './contract/fields.js';
export { classWord, mostGiven } from './tool-class.js';
export {
  Context,
  endsBatch,
  envelopeJsonSchema,
  EvaluationAnswer,
  EvaluationBody,
  evaluationJsonSchema,
  EVALUATIONS_MAX,
  EvaluationsAnswer,
  EvaluationsBody,
  EvaluationsEnvelope,
  evaluationsJsonSchema,
  IGNORED_MAX,
  ignoredInItem,
  ignoredMembers,
  LIMITS,
  RefusedAnswer,
  SEMANTICS,
  toRequest,
  unpack,
  type Boxcar,
  type Semantic,
  type Speaker,
  type WireProblem,
} from './contract/evaluation.js';
export {
  actionSearchJsonSchema,
  resourceSearchJsonSchema,
  SearchAnswer,
  subjectSearchJsonSchema,
  type ActionSearchBody,
  type ResourceSearchBody,
  type SearchBody,
  type SubjectSearchBody,
} from './contract/search.js';
export { actionsOn, keyOf, searchFor, toolsAfter, type Search, type SearchKind } from './search/search.js';
export { found, TRIED_MAX, triedFor, type Found } from './search/page.js';
export {
  EntityName,
  PropertyBag,
  readSubjectFile,
  SUBJECT_IMPORT_FORMATS,
  type ImportedSubject,
  type LineProblem,
  type SubjectImportFormat,
} from './subjects/import-subjects.js';
export { isHeld, problemOfText, readJson, type ReadJson } from './contract/json-text.js';
export {
  OUTCOME_STATUSES,
  outcomeJsonSchema,
  OutcomeReport,
  ungovernedJsonSchema,
  UngovernedReport,
} from './contract/outcome.js';

export { isReason, isSeen, REASON_MAX, REASON_MIN } from './contract/seen.js';
export { DisplayName, isInOrder, isStorable, ReasonText } from './contract/text.js';
export * from './stops/index.js';

export {
  abilityFor,
  abilityOnPlatform,
  ADMIN_ACTIONS,
  ADMIN_RESOURCES,
  ADMIN_ROLES,
  PLATFORM_SLUG,
  rolesThatMay,
  whoMay,
  type AbilityActor,
  type AdminAbility,
  type AdminAction,
  type AdminResource,
  type AdminRole,
} from './roles/ability.js';
export { importTools, type Import, type ImportedTool, type Refused } from './import/import-tools.js';
export { IMPORT_LIMITS } from './import/bounds.js';
export type { Dropped } from './import/place.js';
