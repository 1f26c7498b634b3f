using System.Collections.Frozen;

namespace Callback.CallScripts;

/// <summary>The facts a script may speak of or decide on, by the closed set of names in <see cref="ScriptValueNames"/>; what is not known is absent.</summary>
public sealed record ScriptValues(FrozenDictionary<string, string> Texts, FrozenDictionary<string, decimal> Numbers)
{
    public bool Has(string name) => Texts.ContainsKey(name) || Numbers.ContainsKey(name);

    public string? Text(string name) => Texts.GetValueOrDefault(name);

    public decimal? Number(string name) => Numbers.TryGetValue(name, out var number) ? number : null;
}
