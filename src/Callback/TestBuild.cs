namespace Callback;

/// <summary>
/// What only the program built for fault tests can do (<c>dotnet build -c Chaos</c>), told by its environment. In every other build these are constants, and
/// nothing is read.
/// </summary>
internal static class TestBuild
{
#if CHAOS
    /// <summary>CALLBACK_CHAOS_SQUEEZE: by how much the protocol's waiting is shortened, 1 to 60.</summary>
    public static int Squeeze { get; } = Number("CALLBACK_CHAOS_SQUEEZE", 1, 60);

    private static readonly string[] Removed = (Environment.GetEnvironmentVariable("CALLBACK_CHAOS_WITHOUT") ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>CALLBACK_CHAOS_WITHOUT names <c>epoch-guard</c>: the gate does not care which server it talks to. A storm has to notice.</summary>
    public static bool WithoutEpochGuard { get; } = Removed.Contains("epoch-guard");

    /// <summary>CALLBACK_CHAOS_WITHOUT names <c>retry-on-timeout</c>: a request whose answer is lost is sent again. A storm has to notice.</summary>
    public static bool RetryOnTimeout { get; } = Removed.Contains("retry-on-timeout");

    private static int Number(string name, int least, int most) =>
        Environment.GetEnvironmentVariable(name) is not { Length: > 0 } text ? least
            : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw new RefusalException($"{name} = '{text}': a number from {least} to {most} is allowed.");
#else
    public const int Squeeze = 1;

    public static bool WithoutEpochGuard => false;

    public static bool RetryOnTimeout => false;
#endif
}
