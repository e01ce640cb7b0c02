/** Bodies of searches. */
import {
  actionSearchJsonSchema,
  resourceSearchJsonSchema,
  subjectSearchJsonSchema,
  type ActionSearchBody,
  type ResourceSearchBody,
  type Search,
  type SearchKind,
  type SubjectSearchBody,
} from '@reeve/policy';
import { ajv, check } from '../infra/checked-body.js';

const isSubjectSearch = ajv.compile<SubjectSearchBody>(subjectSearchJsonSchema());
const isResourceSearch = ajv.compile<ResourceSearchBody>(resourceSearchJsonSchema());
const isActionSearch = ajv.compile<ActionSearchBody>(actionSearchJsonSchema());

/** Throws `bad_request` with a JSON Pointer for each thing that is wrong. */
export function readSearch(kind: SearchKind, body: unknown): Search {
  switch (kind) {
    case 'subject':
      return { kind, body: check(isSubjectSearch, body) };
    case 'resource':
      return { kind, body: check(isResourceSearch, body) };
    case 'action':
      return { kind, body: check(isActionSearch, body) };
  }
}
