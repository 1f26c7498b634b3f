using System.Globalization;
using Callback.CallScripts;
using Callback.CallScripts.Editing;
using Callback.Web.Components.Desk.Script;

namespace Callback.Web.Components.CallScripts;

/// <summary>What is to be walked through, on whose card and in which language.</summary>
public sealed record WalkAsked(string Script, int? Version, bool Draft, string Order, string Spoken)
{
    public bool IsOwn => Script.StartsWith($"{CallScriptBook.ShopPack}/", StringComparison.Ordinal);

    public string OwnName => Script[(CallScriptBook.ShopPack.Length + 1)..];

    public string Step => string.Create(
        CultureInfo.InvariantCulture,
        $"/scripts/walk?script={Uri.EscapeDataString(Script)}&version={Version}&draft={(Draft ? "true" : "false")}&order={Uri.EscapeDataString(Order)}&spoken={Spoken}");

    public static WalkAsked Of(string? script, string? version, string? draft, string? order, string? spoken) => new(
        script ?? "",
        int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        draft == "true",
        order?.Trim() ?? "",
        spoken == "en" ? "en" : "zh-CN");
}

/// <param name="View">Null: the draft has errors, and a script with errors is not walked.</param>
public sealed record WalkModel(WalkAsked Asked, string? Title, ScriptView? View, IReadOnlyList<ScriptFinding> Errors, PreviewCard Card, OutcomeCatalogue Outcomes)
{
    public TimeSpan SpokenSoFar => View is null ? TimeSpan.Zero : View.Path.Steps.Concat(View.Path.AsideSteps).DistinctBy(node => node.Id)
        .Aggregate(TimeSpan.Zero, (sum, node) => sum + SpokenTime.Of(node, View.Values));
}

/// <summary>Walks through a script as on the desk, with the desk's own path; nothing is kept and nobody is called.</summary>
internal sealed class ScriptWalks(ScriptFinder finder, ShowScripts scripts, ScriptCheck checks, CallScriptBook book, ScriptPreview preview, CurrentShop shops)
{
    /// <returns>Null: there is no such script or version.</returns>
    public async Task<WalkModel?> ReadAsync(Actor actor, ShopId shop, WalkAsked asked, CallDraft talk, CancellationToken ct)
    {
        actor.Demand(Permission.EditCallScripts, shop);
        var (script, errors) = await FindAsync(actor, shop, asked, ct);
        if (script is null && errors.Count == 0)
            return null;
        var card = await preview.CardAsync(actor, shop, asked.Order, ct);
        if (script is null)
            return new(asked, null, null, errors, card, book.Outcomes);
        var values = card.In(asked.Spoken);
        return new(asked, script.Title, new(script, values, talk, ScriptPath.Of(script, values, talk), shops.Link(asked.Step)), [], card, book.Outcomes);
    }

    public async Task<CallDraft> GoAsync(Actor actor, ShopId shop, WalkAsked asked, CallDraft talk, string go, CancellationToken ct) =>
        await ReadAsync(actor, shop, asked, talk, ct) is { View: { } view } ? ScriptMove.Go(view.Script, view.Values, talk, go) : talk;

    private async Task<(CallScript? Script, IReadOnlyList<ScriptFinding> Errors)> FindAsync(Actor actor, ShopId shop, WalkAsked asked, CancellationToken ct)
    {
        if (!asked.Draft || !asked.IsOwn)
            return (await finder.FindAsync(shop, asked.Script, asked.Version, asked.Spoken, ct), []);
        if (await scripts.TextsAsync(actor, shop, asked.OwnName, null, ct) is not { } texts)
            return (null, []);
        var check = checks.Of(texts);
        // A red line can be walked through and read; what the reader refuses cannot.
        return CheckedScript.Of(texts, book.Outcomes) is { IsSound: true } sound ? (sound.In(asked.Spoken), []) : (null, [.. check.Errors]);
    }
}
