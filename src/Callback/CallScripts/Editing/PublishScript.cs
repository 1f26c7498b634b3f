using Callback.Auditing;
using Callback.Database;

namespace Callback.CallScripts.Editing;

/// <param name="Revision">The draft's revision that was looked at.</param>
/// <param name="Note">What changed and why; 1–500 characters.</param>
public sealed record PublishScriptInput(ShopId Shop, string Name, int Revision, string Note);

/// <param name="Version">The version whose content counts again.</param>
public sealed record RollBackScriptInput(ShopId Shop, string Name, int Version, string Note);

/// <summary>
/// Makes a version of a draft, or of an earlier version's content. From its commit on, calls that begin with <em>latest</em> have it, on every node;
/// calls that have begun keep theirs.
/// </summary>
public sealed class PublishScript(Db db, TimeProvider time, ScriptCheck checks)
{
    /// <exception cref="InvalidInputException"><c>script-note</c>, <c>script-unchanged</c>, <c>script-purpose</c>.</exception>
    public async Task<PublishScriptResult> RunAsync(Actor actor, PublishScriptInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, input.Shop);
        ShopScriptPolicy.Demand(ShopScriptPolicy.CheckNote(input.Note));
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (await ShopScriptStore.LockAsync(session, input.Shop, input.Name, ct) is not { } purpose
            || await ShopScriptStore.DraftAsync(session, input.Shop, input.Name, ct) is not { } draft)
            return new PublishScriptResult.NotFound();
        if (draft.Revision != input.Revision)
            return new PublishScriptResult.ChangedMeanwhile(draft);
        var result = await AddAsync(session, new(actor, input.Shop, input.Name, purpose, draft.Texts, input.Note.Trim(), null), ct);
        if (result is not PublishScriptResult.Published)
            return result;
        await session.CommitAsync();
        return result;
    }

    /// <summary>Publishes an earlier version's content as a new version; a draft stays as it is.</summary>
    /// <exception cref="InvalidInputException"><c>script-note</c>, <c>script-unchanged</c>.</exception>
    public async Task<PublishScriptResult> RunAsync(Actor actor, RollBackScriptInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, input.Shop);
        ShopScriptPolicy.Demand(ShopScriptPolicy.CheckNote(input.Note));
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (await ShopScriptStore.LockAsync(session, input.Shop, input.Name, ct) is not { } purpose
            || await ShopScriptStore.TextsAsync(session, input.Shop, input.Name, input.Version, ct) is not { } texts)
            return new PublishScriptResult.NotFound();
        var result = await AddAsync(session, new(actor, input.Shop, input.Name, purpose, texts, input.Note.Trim(), input.Version), ct);
        if (result is not PublishScriptResult.Published)
            return result;
        await session.CommitAsync();
        return result;
    }

    private async Task<PublishScriptResult> AddAsync(Session session, Publication what, CancellationToken ct)
    {
        var latest = await ShopScriptStore.LatestAsync(session, what.Shop, what.Name, ct);
        var before = await ShopScriptStore.TextsAsync(session, what.Shop, what.Name, latest, ct);
        var texts = ScriptNaming.Of(what.Texts, what.Name, latest + 1);
        var check = checks.Of(texts);
        if (!check.IsSound)
            return new PublishScriptResult.Blocked([.. check.Errors]);
        if (check.En!.Purpose != what.Purpose)
            throw new InvalidInputException(Problem.Of("script-purpose", "purpose", ("value", check.En.Purpose.ToString()), ("allowed", what.Purpose.ToString())));
        if (before is not null && Plain(before, what.Name) is { } same && same == Plain(texts, what.Name))
            throw new InvalidInputException(Problem.Of("script-unchanged", null, ("version", $"{latest}")));
        var now = time.GetUtcNow();
        var version = new ScriptVersion(latest + 1, what.Note, now, what.Actor.Name, "", what.RolledBackTo);
        await ShopScriptStore.PublishAsync(session, what.Shop, what.Name, texts, version, what.Actor, ct);
        if (what.RolledBackTo is null)
            await ShopScriptStore.DeleteDraftAsync(session, what.Shop, what.Name, ct);
        await AuditTrail.AppendAsync(
            session, what.Shop, what.Actor, now, what.RolledBackTo is null ? "callscript.published" : "callscript.rolled-back",
            $"call-script:{CallScriptBook.ShopPack}/{what.Name}",
            new { version = version.Version, what.RolledBackTo, what.Note, hash = Convert.ToHexStringLower(texts.Hash()) }, ct);
        return new PublishScriptResult.Published(version.Version);
    }

    /// <summary>Without comments and layout, which change nothing of what is said.</summary>
    private static ScriptTexts? Plain(ScriptTexts texts, string name) => ScriptDocument.Read(texts).Document?.Named(name, 1).ToTexts();

    private sealed record Publication(Actor Actor, ShopId Shop, string Name, Purpose Purpose, ScriptTexts Texts, string Note, int? RolledBackTo);
}
