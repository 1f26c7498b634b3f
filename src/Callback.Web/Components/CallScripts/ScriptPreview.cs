using Callback.Calls;
using Callback.CallScripts;

namespace Callback.Web.Components.CallScripts;

/// <summary>Whose card a script is tried on: an invented one that knows everything, one that knows the least, or a real order of the shop.</summary>
/// <param name="Order">As asked for: empty, '-' for the bare one, or an order number.</param>
/// <param name="Unknown">There is no such order; the invented card is shown instead.</param>
public sealed record PreviewCard(string Order, ScriptFacts Zh, ScriptFacts En, bool Unknown)
{
    public ScriptValues In(string language) => ScriptValues.Of(language == "en" ? En : Zh);
}

internal sealed class ScriptPreview(PreviewTalk talk)
{
    public const string Bare = "-";

    public async Task<PreviewCard> CardAsync(Actor actor, ShopId shop, string? order, CancellationToken ct)
    {
        var asked = order?.Trim() ?? "";
        if (asked == Bare)
            return new(asked, ScriptSamples.Bare("zh-CN"), ScriptSamples.Bare("en"), Unknown: false);
        var real = asked.Length is 0 or > 64 ? null : await talk.RunAsync(actor, shop, asked, ct);
        return real is null
            ? new(asked, ScriptSamples.Full("zh-CN"), ScriptSamples.Full("en"), Unknown: asked.Length > 0)
            : new(asked, real with { Language = "zh-CN" }, real with { Language = "en" }, Unknown: false);
    }
}
