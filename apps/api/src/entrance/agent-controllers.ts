/** The agents' controllers: each module gives its own under one token, and nobody keeps a list. */
import type { FactoryProvider, INestApplicationContext, Type } from '@nestjs/common';
import type { AgentController } from './agent-route.js';

const AGENT_CONTROLLERS = Symbol('the AgentControllers of one module');

/** For a module's `providers`, once, beside the controllers themselves. */
export const answersAgents = (...controllers: Type<AgentController>[]): FactoryProvider => ({
  provide: AGENT_CONTROLLERS,
  useFactory: (...found: AgentController[]) => found,
  inject: controllers,
});

export const agentControllers = (app: Pick<INestApplicationContext, 'get'>): AgentController[] =>
  app.get<AgentController[]>(AGENT_CONTROLLERS, { strict: false, each: true }).flat();
