using System.Diagnostics;

namespace Callback.Web.Tests.Support;

/// <summary>The program as a process of its own, as an operator starts it.</summary>
public sealed class HostProcess : IDisposable
{
    /// <summary>A program that hangs fails its test instead of holding up all others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private HostProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts <c>serve</c> with its own PostgreSQL and waits until it says where it listens.</summary>
    public static async Task<HostProcess> ServeAsync(string data)
    {
        var host = new HostProcess(Start(["serve", "--data", data, "--urls", "http://127.0.0.1:0"]));
        return await host.ListeningAsync();
    }

    /// <summary>Starts <c>serve</c> as one node of several on a database that is there already.</summary>
    public static async Task<HostProcess> JoinAsync(string connectionString, string keyring, string data)
    {
        var host = new HostProcess(Start(
            ["serve", "--data", data, "--urls", "http://127.0.0.1:0"],
            new() { ["CALLBACK__DATABASE__CONNECTIONSTRING"] = connectionString, ["CALLBACK_KEYRING"] = keyring }));
        return await host.ListeningAsync();
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await EndAsync(process);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>As <c>kill -9</c>: nothing of the program's own runs any more, and its children live on.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await EndAsync(process);
    }

    /// <summary>As an operator or the system stops it (SIGTERM).</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await EndAsync(kill);
        await EndAsync(process);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private async Task<HostProcess> ListeningAsync()
    {
        var error = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience, TimeProvider.System) is { } line)
        {
            if (line.Split(' ') is ["Callback", "is", "at", var address, ..])
            {
                Address = new Uri(address);
                // Nobody reads on; a full pipe would stop the program.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return this;
            }
        }
        throw new InvalidOperationException(await error);
    }

    private static Task EndAsync(Process process) => process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);

    private static Process Start(IEnumerable<string> arguments, Dictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "callback.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CALLBACK", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings ?? [])
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
