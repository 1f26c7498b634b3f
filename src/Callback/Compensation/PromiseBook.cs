namespace Callback.Compensation;

/// <summary>Everything config/promises.yaml says.</summary>
/// <param name="Costs">Kinds of tasks that give money also without a promise: what is left of the order's price counts against the limit.</param>
public sealed record PromiseBook(IReadOnlyList<PromiseTerms> Terms, IReadOnlyList<GrantLimit> Limits, IReadOnlyList<string> Costs)
{
    public PromiseTerms Of(PromiseKind kind) => Terms.First(terms => terms.Kind == kind);

    /// <exception cref="RefusalException">The file is wrong; every error, one a line.</exception>
    public static PromiseBook Load(string configFolder)
    {
        var findings = new List<ConfigFinding>();
        var book = PromisesReader.Read(configFolder, findings);
        var errors = findings.Where(finding => finding.Kind == ConfigFindingKind.Error).Select(error => $"{error.File} {error.Place}: {error.Message}").ToList();
        return errors.Count == 0 ? book : throw new RefusalException(string.Join(Environment.NewLine, errors));
    }
}
