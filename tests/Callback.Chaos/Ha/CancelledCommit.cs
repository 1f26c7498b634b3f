using Callback.Chaos.Ground;
using Callback.Database;

namespace Callback.Chaos.Ha;

/// <summary>The trap of synchronous replication: a commit whose wait for a silent standby is cancelled is answered with success and a warning. The program must not take it for one.</summary>
internal static class CancelledCommit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <returns>What is wrong; null: the program took it for what it is.</returns>
    public static async Task<string?> TryAsync(HaCluster cluster)
    {
        await cluster.ExecuteAsync("create table if not exists cancelled_commit (id integer)", "postgres");
        await using var source = DapperSetup.OpenSource(cluster.ConnectionString(user: "postgres", database: "postgres"));
        await using var session = await new Db(source).BeginAsync(ShopScope.All, default);
        await session.ExecuteAsync("insert into cancelled_commit values (1)", null, default);
        var backend = await session.QuerySingleAsync<int>("select pg_backend_pid()", null, default);
        var (_, standby) = await cluster.State.RolesAsync(Limit);
        standby.FreezeServer();
        try
        {
            return await CommitAsync(cluster, session, backend);
        }
        finally
        {
            standby.ThawServer();
        }
    }

    private static async Task<string?> CommitAsync(HaCluster cluster, Session session, int backend)
    {
        var commit = session.CommitAsync();
        await Wait.UntilAsync("that the commit waits for the standby", Limit, async () =>
            await cluster.OneAsync<long>($"select count(*) from pg_stat_activity where pid = {backend} and wait_event = 'SyncRep'", "postgres") == 1);
        if (!await cluster.OneAsync<bool>($"select pg_cancel_backend({backend})", "postgres"))
            return "the commit that waited for its standby could not be cancelled";
        try
        {
            await commit.WaitAsync(Limit, TimeProvider.System);
            return "a commit whose wait for the standby was cancelled was taken for an acknowledgement";
        }
        catch (CommitInDoubtException)
        {
            return null;
        }
    }
}
