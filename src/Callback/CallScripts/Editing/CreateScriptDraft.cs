using Callback.Auditing;
using Callback.Database;

namespace Callback.CallScripts.Editing;

/// <param name="Source">A script of the packs, for example <c>payment-reminder</c> or <c>formal-en/payment-reminder</c>.</param>
public sealed record CopyScriptInput(ShopId Shop, string Source, string Name);

/// <summary>Both texts of a file or another installation; every error is refused.</summary>
public sealed record ImportScriptInput(ShopId Shop, string Name, ScriptTexts Texts);

/// <summary>Makes a script of the shop's own: from a pack's, or from imported texts. What it makes is a draft.</summary>
public sealed class CreateScriptDraft(Db db, TimeProvider time, ScriptCheck checks, PackTexts packs)
{
    /// <exception cref="InvalidInputException"><c>script-unknown</c>, <c>script-name-form</c>, <c>script-exists</c>.</exception>
    public async Task<ScriptDraft> RunAsync(Actor actor, CopyScriptInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, input.Shop);
        ShopScriptPolicy.Demand(ShopScriptPolicy.CheckName(input.Name));
        if (packs.Find(input.Source) is not { } texts)
            throw new InvalidInputException(Problem.Of("script-unknown", "source", ("value", input.Source)));
        return await AddAsync(actor, input.Shop, input.Name, texts, "callscript.copied", new { from = input.Source }, ct);
    }

    /// <exception cref="InvalidInputException"><c>script-name-form</c>, <c>script-exists</c>, <c>script-too-long</c>.</exception>
    /// <exception cref="ScriptRefusedException">The texts have errors; all of them are in it.</exception>
    public async Task<ScriptDraft> RunAsync(Actor actor, ImportScriptInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, input.Shop);
        ShopScriptPolicy.Demand(ShopScriptPolicy.CheckName(input.Name), ShopScriptPolicy.CheckTexts(input.Texts));
        return await AddAsync(actor, input.Shop, input.Name, input.Texts, "callscript.imported", new { }, ct);
    }

    private async Task<ScriptDraft> AddAsync(Actor actor, ShopId shop, string name, ScriptTexts texts, string action, object details, CancellationToken ct)
    {
        var named = ScriptNaming.Of(texts, name, 1);
        var check = checks.Of(named);
        if (!check.IsSound)
            throw new ScriptRefusedException([.. check.Errors]);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(shop, ct);
        if (!await ShopScriptStore.InsertAsync(session, shop, name, check.En!.Purpose, actor, now, ct))
            throw new InvalidInputException(Problem.Of("script-exists", "name", ("value", name)));
        var draft = await ShopScriptStore.SaveDraftAsync(session, shop, new(name, named, 1, null, now, actor.Name), actor, ct);
        await AuditTrail.AppendAsync(session, shop, actor, now, action, $"call-script:{CallScriptBook.ShopPack}/{name}", details, ct);
        await session.CommitAsync();
        return draft;
    }
}

/// <summary>Texts were refused for what is wrong in them; nothing was done.</summary>
public sealed class ScriptRefusedException(IReadOnlyList<ScriptFinding> errors) : Exception(string.Join("; ", errors.Select(error => error.Message)))
{
    public IReadOnlyList<ScriptFinding> Errors { get; } = errors;
}
