/** Are what sends telemetry and what is read for it connected, and how fresh is it? */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { connectionsQuery } from '../features/connections/connections.queries.js';
import { LangfuseList } from '../features/connections/langfuse-list.js';
import { Receivers } from '../features/connections/receivers.js';
import { useMay } from '../shared/api/session.js';
import { PageHead } from '../shared/ui/panel.js';
import { ErrorCard, Skeleton } from '../shared/ui/states.js';

const route = getRouteApi('/$scope/settings/connections');

export default function ConnectionsPage() {
  const { scope } = route.useParams();
  const { data, error, dataUpdatedAt, refetch } = useQuery(connectionsQuery(scope));
  const mayConnect = useMay(scope, 'create', 'Connection');
  const mayChange = useMay(scope, 'update', 'Connection');
  const mayRemove = useMay(scope, 'delete', 'Connection');
  return (
    <div className="flex flex-col gap-3">
      <PageHead title="Connections" note="where telemetry comes from" />
      {error && <ErrorCard error={error} onRetry={() => void refetch()} asOf={data && dataUpdatedAt} />}
      {!data && !error && <Skeleton rows={8} />}
      {data && (
        <>
          <Receivers of={data.receivers} />
          <LangfuseList
            tenant={scope}
            of={data.langfuseConnections}
            mayConnect={mayConnect}
            mayChange={mayChange}
            mayRemove={mayRemove}
            onDone={() => void refetch()}
          />
        </>
      )}
    </div>
  );
}
