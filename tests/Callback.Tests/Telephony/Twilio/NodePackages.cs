using System.Diagnostics;
using System.Text;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>Independent implementations from npm that a test is held against; restored by scripts/test into Telephony/node.</summary>
internal static class NodePackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "tests", "Callback.Tests", "Telephony", "node");

    /// <returns>Null: it can run.</returns>
    public static string? WhyNot(string package)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node"))))
            return "needs node; install nodejs and npm to include it";
        return Directory.Exists(Path.Combine(Folder, "node_modules", package)) ? null : $"needs the npm package {package}; scripts/test restores it (npm ci in tests/Callback.Tests/Telephony/node)";
    }

    public static ProcessStartInfo Start(params IEnumerable<string> arguments) => new("node", arguments)
    {
        WorkingDirectory = Folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardInputEncoding = new UTF8Encoding(false),
        StandardOutputEncoding = Encoding.UTF8,
    };

    /// <summary>Runs a script of the folder on an input, to its end.</summary>
    public static async Task<string> RunAsync(string script, string input)
    {
        using var process = Process.Start(Start(script))!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{script}: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static string RepositoryRoot()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(here!.FullName, "Callback.sln")))
            here = here.Parent;
        return here.FullName;
    }
}

/// <summary>A fact that needs a package from npm; the message tells everybody else.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute(string package) => Skip = NodePackages.WhyNot(package);
}
