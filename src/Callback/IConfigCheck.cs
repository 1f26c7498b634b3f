namespace Callback;

/// <summary>A slice's check of its own files below the configuration folder; <c>callback check-config</c> runs them all, and <c>serve</c> before it starts.</summary>
public interface IConfigCheck
{
    /// <summary>Whether <c>serve</c> waits for it; false for a check that takes seconds and whose errors cannot hurt a running shop.</summary>
    bool BeforeStart => true;

    IEnumerable<ConfigFinding> Check(string configFolder);
}

/// <summary>One line of <c>callback check-config</c>.</summary>
/// <param name="File">Below the configuration folder, with '/'.</param>
/// <param name="Place">Key or line within the file, or null for the whole file.</param>
/// <param name="Kind">An error stops the start.</param>
/// <param name="Message">What is wrong and what is allowed, or what follows from the file.</param>
public sealed record ConfigFinding(string File, string? Place, ConfigFindingKind Kind, string Message);

public enum ConfigFindingKind
{
    /// <summary>What the file comes to, for the reader: for example the effective policy of a campaign.</summary>
    Fact,
    Warning,
    Error,
}
