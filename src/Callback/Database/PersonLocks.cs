using System.Buffers.Binary;

namespace Callback.Database;

/// <summary>
/// Serialises what is decided about a person: the dial gate and everything that can forbid a call take these before they read or write.
/// Transaction-scoped advisory locks on the person keys, so that a person of whom no row exists yet can be locked as well; taken in one order, so never in a deadlock.
/// </summary>
public static class PersonLocks
{
    public static Task TakeAsync(Session session, IEnumerable<byte[]> personKeys, CancellationToken ct)
    {
        var keys = personKeys.Select(key => BinaryPrimitives.ReadInt64BigEndian(key)).Distinct().Order().ToArray();
        return session.ExecuteAsync("select pg_advisory_xact_lock(key) from unnest(@keys) with ordinality as k (key, place) order by place", new { keys }, ct);
    }
}
