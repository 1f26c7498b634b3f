using Callback.Accounts;
using Callback.Auditing;
using Callback.Calls;
using Callback.CallScripts;
using Callback.Campaigns;
using Callback.Compensation;
using Callback.Database;
using Callback.Database.Clock;
using Callback.Database.PersonalData;
using Callback.Database.Recovery;
using Callback.FollowUps;
using Callback.Health;
using Callback.Orders;
using Callback.Planning;
using Callback.Practice;
using Callback.Receivers;
using Callback.Suppression;
using Callback.Telephony;
using Callback.Telephony.Twilio;
using Callback.Web.Api;
using Callback.Web.Components;
using Callback.Web.Components.Imports;
using Callback.Web.Demo;
using Callback.Web.Hosting;
using Callback.Web.SignIn;
using Callback.Web.Webhooks;
using Callback.Windows;
using Callback.Wording;

namespace Callback.Web;

/// <summary>Puts the slices together: one line each.</summary>
internal static class Composition
{
    /// <summary>The services of screens, API and verbs alike; nothing in it knows of HTTP.</summary>
    public static IServiceCollection AddCallback(this IServiceCollection services, Ground ground)
    {
        services.AddGround(ground);
        services.AddWindows();
        services.AddWording();
        services.AddCallScripts();
        services.AddOrders(LocalTimePolicy.ToInstant);
        services.AddSuppression((text, country) => PhoneParser.Parse(text, country).Number);
        services.AddSingleton(provider => new CampaignLines([.. provider.GetServices<ILine>().Select(line => line.Name)]));
        services.AddCampaigns();
        services.AddPlanning();
        services.AddTelephony();
        services.AddTwilio(ground.Settings.Telephony.Twilio.Account());
        services.AddCalls();
        services.AddCompensation();
        services.AddFollowUps();
        services.AddPractice();
        services.AddReceivers();
        services.AddHealth();
        services.AddRecovery();
        services.AddAuditing().AddAccounts().AddPasswordHashes();
        return services;
    }

    /// <summary>What only <c>serve</c> needs: pages, sign-in, jobs.</summary>
    public static IServiceCollection AddCallbackWeb(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddOpenApi("v1");
        services.AddSingleton<DemoLine>();
        services.AddSingleton<DemoShop>();
        services.AddSingleton<ImportUploads>();
        services.AddApiJson();
        services.AddDeskApi();
        services.AddWebhooks();
        services.AddScreens();
        services.AddSignIn();
        return services;
    }

    private static void AddGround(this IServiceCollection services, Ground ground)
    {
        services.AddSingleton(ground.Surroundings);
        services.AddSingleton(ground.Source);
        services.AddSingleton(ground.Keyring);
        services.AddSingleton(ground.Time);
        services.AddSingleton<ClockHealth>();
        services.AddSingleton(EpochWatch.In(ground.Surroundings.DataFolder));
        if (ground.Time is OffsetTimeProvider moved)
            services.AddSingleton(moved);
        services.AddSingleton<Db>();
        services.AddSingleton<PersonalDataVault>();
        services.AddSections(ground.Settings);
    }

    /// <summary>Every section of the settings is a service of its own type, so that a slice asks for its options and for nothing else.</summary>
    private static void AddSections(this IServiceCollection services, Settings.CallbackSettings settings)
    {
        services.AddSingleton(settings);
        foreach (var section in settings.Sections())
            services.AddSingleton(section.GetType(), section);
    }
}
