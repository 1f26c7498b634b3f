using System.Security.Cryptography;
using System.Text;

namespace Callback.CallScripts;

/// <summary>A script as its two YAML texts.</summary>
public sealed record ScriptTexts(string Zh, string En)
{
    /// <param name="language">zh-CN, or anything else for English.</param>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;

    /// <summary>What a published version is known by; the database holds it against the texts.</summary>
    internal byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes($"{Zh}\u0001{En}"));
}
