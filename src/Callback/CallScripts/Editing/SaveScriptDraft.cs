using Callback.Database;

namespace Callback.CallScripts.Editing;

/// <param name="Revision">The one the editor saw.</param>
public sealed record SaveScriptDraftInput(ShopId Shop, string Name, int Revision, ScriptTexts Texts);

/// <summary>Saves a draft, with its mistakes if it has any: only publishing asks for a sound script.</summary>
public sealed class SaveScriptDraft(Db db, TimeProvider time)
{
    /// <exception cref="InvalidInputException"><c>script-too-long</c>.</exception>
    public async Task<SaveScriptResult> RunAsync(Actor actor, SaveScriptDraftInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, input.Shop);
        ShopScriptPolicy.Demand(ShopScriptPolicy.CheckTexts(input.Texts));
        await using var session = await db.BeginAsync(input.Shop, ct);
        await ShopScriptStore.LockAsync(session, input.Shop, input.Name, ct);
        if (await ShopScriptStore.DraftAsync(session, input.Shop, input.Name, ct) is not { } before)
            return new SaveScriptResult.NotFound();
        if (before.Revision != input.Revision)
            return new SaveScriptResult.ChangedMeanwhile(before);
        if (before.Texts == input.Texts)
            return new SaveScriptResult.Saved(before);
        var after = before with { Texts = input.Texts, Revision = before.Revision + 1, SavedAt = time.GetUtcNow(), SavedBy = actor.Name };
        await ShopScriptStore.SaveDraftAsync(session, input.Shop, after, actor, ct);
        await session.CommitAsync();
        return new SaveScriptResult.Saved(after);
    }
}
