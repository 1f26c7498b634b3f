using Callback.CallScripts.Reading;

namespace Callback.CallScripts;

/// <summary>The call scripts of the configuration with their outcomes and checklists, read once at start and immutable. Calls and campaigns find scripts by <see cref="ScriptFinder"/>, which knows the shops' own too.</summary>
public sealed class CallScriptBook(IReadOnlyList<CallScript> scripts, OutcomeCatalogue outcomes, IReadOnlyList<Checklist> checklists)
{
    /// <summary>The pack that is meant where a name has none.</summary>
    public const string StandardPack = "standard";

    /// <summary>The name of no folder: scripts that a shop made in the editor.</summary>
    public const string ShopPack = "shop";

    /// <summary>Every version in every language.</summary>
    public IReadOnlyList<CallScript> All { get; } = scripts;

    public OutcomeCatalogue Outcomes { get; } = outcomes;

    /// <exception cref="CallScriptsInvalidException">A file is wrong; all mistakes are in it, with file, line and hint.</exception>
    public static CallScriptBook Load(string configFolder)
    {
        var findings = new Findings();
        var book = PackReader.Read(configFolder, findings);
        return findings.HasErrors ? throw new CallScriptsInvalidException([.. findings.All.Where(finding => finding.Kind == ConfigFindingKind.Error)]) : book;
    }

    /// <param name="name"><c>payment-reminder</c> (of the standard pack) or <c>pack/payment-reminder</c>.</param>
    /// <param name="version">Null: the latest.</param>
    /// <param name="language">zh-CN or en; another language gets English. A script of a pack in one language is found in that one.</param>
    /// <returns>Null: there is no such script or version.</returns>
    public CallScript? Find(string name, int? version, string language)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var (pack, plain) = slash < 0 ? (StandardPack, name) : (name[..slash], name[(slash + 1)..]);
        var spoken = language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? "zh-CN" : "en";
        return All.Where(script => script.Pack == pack && script.Name == plain && (version is null || script.Version == version))
            .OrderByDescending(script => script.Version).ThenByDescending(script => script.Language == spoken)
            .FirstOrDefault();
    }

    /// <summary>
    /// In which language a customer of a shop is spoken with: the shop's, or the script's own where it has but one. The one rule for the card, the gate and
    /// the result; the language of the agent's screens has no part in it.
    /// </summary>
    public string SpokenLanguage(string name, int? version, string shopLanguage) => Find(name, version, shopLanguage)?.Language ?? shopLanguage;

    /// <summary>Names a campaign of this purpose may choose, those of the standard pack first and without it.</summary>
    public IReadOnlyList<string> NamesFor(Purpose purpose) =>
        [.. All.Where(script => script.Purpose == purpose).OrderBy(script => script.Pack != StandardPack).Select(script => script.Pack == StandardPack ? script.Name : $"{script.Pack}/{script.Name}").Distinct()];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<int> VersionsOf(string name) =>
        [.. All.Where(script => name == script.Name && script.Pack == StandardPack || name == $"{script.Pack}/{script.Name}").Select(script => script.Version).Distinct().OrderDescending()];

    public Checklist ChecklistOf(Purpose purpose) => checklists.FirstOrDefault(checklist => checklist.Purpose == purpose) ?? new Checklist(purpose, []);
}

/// <summary>Call scripts, outcomes or checklists cannot be used as they are.</summary>
public sealed class CallScriptsInvalidException(IReadOnlyList<ConfigFinding> findings)
    : Exception(string.Join(Environment.NewLine, findings.Select(finding => $"{finding.File}{(finding.Place is null ? "" : $", {finding.Place}")}: {finding.Message}")))
{
    public IReadOnlyList<ConfigFinding> Findings { get; } = findings;
}
