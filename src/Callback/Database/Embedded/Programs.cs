using System.Diagnostics;

namespace Callback.Database.Embedded;

/// <summary>Runs another program to its end.</summary>
internal static class Programs
{
    /// <param name="command">The program and its arguments; no shell reads them.</param>
    /// <param name="ct">Stops waiting and ends the program.</param>
    public static async Task<ProgramAnswer> RunAsync(IReadOnlyList<string> command, CancellationToken ct)
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
        using var process = Process.Start(start) ?? throw new RefusalException($"{command[0]} could not be started.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new ProgramAnswer(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

internal sealed record ProgramAnswer(int Code, string Output, string Error)
{
    public bool Done => Code == 0;
}
