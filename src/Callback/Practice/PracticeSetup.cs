using Callback.Practice.Reading;
using Callback.Telephony;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Practice;

public static class PracticeSetup
{
    /// <summary>After the lines: from here on practice calls of a course meet the customer they were made for.</summary>
    public static IServiceCollection AddPractice(this IServiceCollection services) => services
        .AddSingleton(provider => PracticeBook.Load(provider.GetRequiredService<Surroundings>().ConfigFolder))
        .AddSingleton<CustomerOfCall>()
        .AddSingleton<IPracticeCast>(provider => provider.GetRequiredService<CustomerOfCall>())
        .AddSingleton<StartPracticeCall>()
        .AddSingleton<ReviewPracticeCall>()
        .AddSingleton<TakeQuiz>()
        .AddSingleton<GetPractice>()
        .AddSingleton<ListTrainingResults>()
        .AddSingleton<RequireCourse>()
        .AddSingleton<IConfigCheck, PracticeConfigCheck>();
}
