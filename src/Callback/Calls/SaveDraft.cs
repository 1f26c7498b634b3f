using Callback.CallScripts;
using Callback.Database;

namespace Callback.Calls;

/// <summary>Keeps what the agent has on the card so far; the last writer wins.</summary>
public sealed class SaveDraft(Db db, TimeProvider time)
{
    /// <returns>The moment it was saved; null: the card is not this agent's (any more) and nothing was saved.</returns>
    public async Task<DateTimeOffset?> RunAsync(Actor actor, Guid holdId, CallDraft draft, CancellationToken ct)
    {
        var agent = Desk.Agent(actor);
        var now = time.GetUtcNow();
        await using var session = await db.BeginByKeyAsync(actor.Scope, ct);
        var saved = await session.ExecuteAsync(
            """
            with card as (
                select shop_id
                from queued_calls
                where shop_id = any(@shops) and held_by = @agent and hold_id = @holdId
                union all
                select shop_id
                from attempts
                where shop_id = any(@shops) and hold_id = @holdId and agent_id = @agent and wrap_up <> 'Done'
            )
            insert into drafts (shop_id, hold_id, content, saved_at)
            select shop_id, @holdId, @content::jsonb, @now
            from card
            on conflict (shop_id, hold_id) do update set content = excluded.content, saved_at = excluded.saved_at
            """,
            new { shops = OwnAttempt.Shops(actor).Select(shop => shop.Value).ToArray(), agent, holdId, content = CallDraftJson.Write(draft), now },
            ct);
        await session.CommitAsync();
        CrashPoint.Reach("draft.committed");
        return saved == 1 ? now : null;
    }
}
