namespace Callback.Windows;

/// <summary>How sure a rule is.</summary>
public enum Surety
{
    /// <summary>Confirmed in a primary text.</summary>
    C,

    /// <summary>A secondary source: law firm, vendor, press.</summary>
    S,

    /// <summary>General knowledge; the shop's counsel should check it.</summary>
    G,
}

/// <summary>A sentence in both languages of the product.</summary>
public sealed record PolicyText(string En, string Zh)
{
    public string In(string language) => language.StartsWith("zh", StringComparison.Ordinal) ? Zh : En;
}

/// <summary>Where a rule of a preset comes from.</summary>
public sealed record PolicySource(PolicyText Rule, PolicyText From, Surety Surety);

/// <summary>A file of <c>config/policies</c>: rules with their sources. Not legal advice, and it says so.</summary>
/// <param name="Name">File name without ending; what <c>shops.policy</c> holds.</param>
/// <param name="Narrows">The preset it is built on, if any: a shop's own rules on top of a jurisdiction's.</param>
/// <param name="ReviewedOn">The day a person last compared the file with its sources.</param>
/// <param name="Rules">The rules with the layers below (system, <paramref name="Narrows"/>) already applied.</param>
public sealed record PolicyPreset(
    string Name,
    PolicyText Title,
    PolicyText Disclaimer,
    string? Narrows,
    IReadOnlyList<PolicySource> Sources,
    DateOnly ReviewedOn,
    EffectivePolicy Rules)
{
    /// <summary>For tests and demonstrations; a program in Production refuses shops with it.</summary>
    public bool TestsOnly => Rules.TestsOnly;

    /// <summary>Only for shops marked practice.</summary>
    public bool PracticeOnly => Rules.PracticeOnly;
}
