using Callback.Auditing;
using Callback.Database;

namespace Callback.CallScripts.Editing;

/// <summary>Throws a draft away; a script that was never published goes with it. Versions stay.</summary>
public sealed class DeleteScriptDraft(Db db, TimeProvider time)
{
    /// <param name="revision">The one that was looked at: what someone else saved since is not thrown away.</param>
    public async Task<SaveScriptResult> RunAsync(Actor actor, ShopId shop, string name, int revision, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, shop);
        await using var session = await db.BeginAsync(shop, ct);
        await ShopScriptStore.LockAsync(session, shop, name, ct);
        if (await ShopScriptStore.DraftAsync(session, shop, name, ct) is not { } draft)
            return new SaveScriptResult.NotFound();
        if (draft.Revision != revision)
            return new SaveScriptResult.ChangedMeanwhile(draft);
        await ShopScriptStore.DeleteDraftAsync(session, shop, name, ct);
        await session.ExecuteAsync(
            """
            delete from shop_scripts s
            where s.shop_id = @shop and s.name = @name
                and not exists (select from script_versions v where v.shop_id = s.shop_id and v.name = s.name)
            """,
            new { shop, name },
            ct);
        await AuditTrail.AppendAsync(session, shop, actor, time.GetUtcNow(), "callscript.draft-deleted", $"call-script:{CallScriptBook.ShopPack}/{name}", new { draft.Revision }, ct);
        await session.CommitAsync();
        return new SaveScriptResult.Saved(draft);
    }
}
