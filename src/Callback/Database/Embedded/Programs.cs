using System.Diagnostics;
using System.Text;

namespace Callback.Database.Embedded;

/// <summary>Runs another program to its end.</summary>
internal static class Programs
{
    /// <param name="command">The program and its arguments; no shell reads them.</param>
    /// <param name="ct">Stops waiting and ends the program.</param>
    /// <param name="environment">Put over this program's own; the place for a password, which a command line would show to everybody.</param>
    /// <param name="heard">Takes each line of what the program says beside its answer, as it says it.</param>
    public static async Task<ProgramAnswer> RunAsync(
        IReadOnlyList<string> command, CancellationToken ct, IReadOnlyDictionary<string, string>? environment = null, Action<string>? heard = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The postgres account could not stand in a folder that is closed to it.
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new RefusalException($"{command[0]} could not be started.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = ListenAsync(process.StandardError, heard, ct);
            await process.WaitForExitAsync(ct);
            return new ProgramAnswer(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    private static async Task<string> ListenAsync(StreamReader from, Action<string>? heard, CancellationToken ct)
    {
        if (heard is null)
            return await from.ReadToEndAsync(ct);
        var said = new StringBuilder();
        while (await from.ReadLineAsync(ct) is { } line)
        {
            said.AppendLine(line);
            heard(line);
        }
        return said.ToString();
    }
}

internal sealed record ProgramAnswer(int Code, string Output, string Error)
{
    public bool Done => Code == 0;
}
