using Callback.Database;

namespace Callback.CallScripts.Editing;

/// <summary>Goes on with the draft there is, or begins one with the latest version.</summary>
public sealed class OpenScriptDraft(Db db, TimeProvider time)
{
    /// <returns>Null: the shop has no such script.</returns>
    public async Task<ScriptDraft?> RunAsync(Actor actor, ShopId shop, string name, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, shop);
        await using var session = await db.BeginAsync(shop, ct);
        await ShopScriptStore.LockAsync(session, shop, name, ct);
        if (await ShopScriptStore.DraftAsync(session, shop, name, ct) is { } draft)
            return draft;
        var latest = await ShopScriptStore.LatestAsync(session, shop, name, ct);
        if (await ShopScriptStore.TextsAsync(session, shop, name, latest, ct) is not { } texts)
            return null;
        var numbered = ScriptNaming.Of(texts, name, latest + 1);
        var begun = await ShopScriptStore.SaveDraftAsync(session, shop, new(name, numbered, 1, latest, time.GetUtcNow(), actor.Name), actor, ct);
        await session.CommitAsync();
        return begun;
    }
}
