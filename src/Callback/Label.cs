namespace Callback;

/// <summary>A name in both languages of the product, as it stands in the configuration.</summary>
public sealed record Label(string En, string Zh)
{
    /// <param name="language">zh-CN, or anything else for English.</param>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;
}
