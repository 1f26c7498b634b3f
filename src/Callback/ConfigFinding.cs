namespace Callback;

/// <summary>One thing a check of the configuration has to say.</summary>
/// <param name="File">Path below the configuration folder, with forward slashes.</param>
/// <param name="Line">1-based, or null where the whole file is meant.</param>
/// <param name="IsError">True stops the start; false is information, such as the figures that are in force.</param>
public sealed record ConfigFinding(string File, int? Line, bool IsError, string Message)
{
    public override string ToString() => Line is { } line ? $"{File}:{line}: {Message}" : $"{File}: {Message}";
}

/// <summary>A slice's check of its own files, run by <c>callback check-config</c>. It never throws for bad files: it reports them.</summary>
public interface IConfigCheck
{
    /// <param name="configFolder">The folder that holds policies/, holidays/, regions/ …</param>
    IEnumerable<ConfigFinding> Check(string configFolder);
}

/// <summary>The configuration cannot be used; every reason is listed, not only the first.</summary>
public sealed class ConfigException(IReadOnlyList<ConfigFinding> findings)
    : Exception(string.Join(Environment.NewLine, findings.Where(finding => finding.IsError)))
{
    public IReadOnlyList<ConfigFinding> Findings { get; } = findings;
}
