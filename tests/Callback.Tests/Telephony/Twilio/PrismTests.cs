using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Callback.Telephony.Twilio;

namespace Callback.Tests.Telephony.Twilio;

/// <summary>The client against Prism, which plays Twilio from its published description and refuses what is not in it.</summary>
public sealed class PrismTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>A recording's sound is not in the description; and the description's example of a rented number breaks its own rules, so that Prism refuses to show it.</summary>
    private static readonly string[] NotPlayed = ["OpenRecordingAsync", "ListCallerIdsAsync"];

    [NodeFact("@stoplight/prism-cli")]
    public async Task Every_request_passes_prism_and_its_answers_are_understood()
    {
        await using var prism = await Prism.StartAsync();
        using var client = Samples.Client(Samples.Account(prism.Address), new FastTime());
        List<string> failed = [];
        foreach (var (method, _, deed) in TwilioDeeds.All.Where(deed => !NotPlayed.Contains(deed.Method)))
        {
            var answer = await deed(client);
            if (answer.GetType().Name != "Ok")
                failed.Add($"{method}: {answer}");
        }
        Assert.Empty(failed);

        // It has teeth: an account sid of the wrong form is none of Twilio's.
        using var stranger = Samples.Client(Samples.Account(prism.Address) with { AccountSid = "AC1234" }, new FastTime());
        Assert.IsType<TwilioAnswer<TwilioCall>.Refused>(await stranger.CreateCallAsync(new("+8613800138000", "+861012345678") { Url = Samples.Hook }, null, default));
    }

    /// <summary>The process, on a port of its own, ended with the test.</summary>
    private sealed class Prism(Process process, int port) : IAsyncDisposable
    {
        public Uri Address => new($"http://127.0.0.1:{port}");

        public static async Task<Prism> StartAsync()
        {
            var port = FreePort();
            var process = Process.Start(NodePackages.Start(
                Path.Combine("node_modules", "@stoplight", "prism-cli", "dist", "index.js"),
                "mock",
                "-h",
                "127.0.0.1",
                "-p",
                $"{port}",
                "--errors",
                TwilioDescription.Find("twilio_api_v2010.prism.json")))!;
            var prism = new Prism(process, port);
            var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data is null || line.Data.Contains("is listening", StringComparison.Ordinal))
                    ready.TrySetResult(line.Data is not null);
            };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            try
            {
                Assert.True(await ready.Task.WaitAsync(Patience), "Prism ended before it listened.");
                return prism;
            }
            catch
            {
                await prism.DisposeAsync();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
