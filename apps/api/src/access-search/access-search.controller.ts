/** OpenID AuthZEN Authorization API 1.0, the search endpoints: who may, on what, and what. */
import { Injectable } from '@nestjs/common';
import { actionSearchJsonSchema, resourceSearchJsonSchema, subjectSearchJsonSchema } from '@reeve/policy';
import type { AgentController, AgentRoute } from '../entrance/agent-route.js';
import { jsonAnswer, jsonBody } from '../entrance/json.js';
import { AccessSearch } from './access-search.service.js';

/** As the standard has it: whatever is no JSON is a malformed request. */
const NO_JSON = { text: 'bad_request', contentType: 'bad_request' } as const;

@Injectable()
export class AccessSearchController implements AgentController {
  readonly prefix = '/access/v1';
  readonly routes: readonly AgentRoute[] = [
    {
      method: 'POST',
      scope: 'decisions',
      path: '/search/subject',
      summary: 'Subjects of a type that may do this action to this resource.',
      body: jsonBody(subjectSearchJsonSchema, NO_JSON),
      answer: jsonAnswer(200),
      handle: (caller, { body }) => this.search.find(caller, 'subject', body),
    },
    {
      method: 'POST',
      scope: 'decisions',
      path: '/search/resource',
      summary: 'Resources of a type that this subject may do this action to.',
      body: jsonBody(resourceSearchJsonSchema, NO_JSON),
      answer: jsonAnswer(200),
      handle: (caller, { body }) => this.search.find(caller, 'resource', body),
    },
    {
      method: 'POST',
      scope: 'decisions',
      path: '/search/action',
      summary: 'Actions that this subject may do to this resource.',
      body: jsonBody(actionSearchJsonSchema, NO_JSON),
      answer: jsonAnswer(200),
      handle: (caller, { body }) => this.search.find(caller, 'action', body),
    },
  ];

  constructor(private readonly search: AccessSearch) {}
}
