using System.Net;
using System.Net.Sockets;
using Callback.Database.PersonalData;
using Callback.Tests.Support;
using Callback.Web.Hosting;
using Callback.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TwilioFake;

namespace Callback.Web.Tests.Support;

/// <summary>The real program on a free port of the loopback address, against a test database of its own. Share one per class.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestApp(WebApplication app)
    {
        this.app = app;
        BaseAddress = new Uri(app.Urls.Single());
    }

    public Uri BaseAddress { get; }

    public IServiceProvider Services => app.Services;

    /// <param name="database">Two apps on one database are two nodes.</param>
    /// <param name="time">The clock; by default the machine's.</param>
    /// <param name="services">Replaces services, for example the line.</param>
    /// <param name="jobs">Whether passes come round by themselves; most tests run the pass they mean.</param>
    /// <param name="demo">Whether it plays the demo: people sign in with one click.</param>
    /// <param name="line">The fake Twilio that the line 'twilio' leads to; without one there is no such line.</param>
    public static async Task<TestApp> StartAsync(
        TestDatabase database, TimeProvider? time = null, Action<IServiceCollection>? services = null, bool jobs = false, bool demo = false, FakeTwilio? line = null)
    {
        var settings = new CallbackSettings { Urls = "http://127.0.0.1:0", Jobs = { Enabled = jobs } };
        if (line is not null)
            Connect(settings, line);
        var surroundings = new Surroundings(Places.ConfigFolder(), Directory.CreateTempSubdirectory("callback-test-").FullName, Production: false, demo);
        var ground = new Ground(settings, surroundings, database.Source, TestKeys, time ?? TimeProvider.System);
        var app = Server.Build(ground, builder => services?.Invoke(builder.Services));
        await app.StartAsync();
        return new TestApp(app);
    }

    /// <summary>The keys of every test app, so that two nodes on one database read each other's rows.</summary>
    public static Keyring TestKeys { get; } = Keyring.Create();

    /// <summary>A client that keeps cookies and does not follow redirects.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = BaseAddress };

    /// <summary>Twilio has to be told where we are before we are there, so the port is chosen first.</summary>
    private static void Connect(CallbackSettings settings, FakeTwilio line)
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            settings.Urls = $"http://{listener.LocalEndpoint}";
        }
        var twilio = settings.Telephony.Twilio;
        (twilio.AccountSid, twilio.AuthToken) = (line.Options.AccountSid, line.Options.AuthToken);
        (twilio.BaseAddress, twilio.PublicAddress) = (line.BaseAddress, new Uri(settings.Urls));
        twilio.CallsPerSecond = 30;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        var data = app.Services.GetRequiredService<Surroundings>().DataFolder;
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
