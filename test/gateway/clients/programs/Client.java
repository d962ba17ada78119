import okhttp3.Response;
import okio.BufferedSource;
import org.openapitools.client.ApiClient;
import org.openapitools.client.api.MessagesApi;
import org.openapitools.client.api.OnboardingsApi;
import org.openapitools.client.model.Cancellation;
import org.openapitools.client.model.Onboarding;
import org.openapitools.client.model.RegistrationForm;
import org.openapitools.client.model.Start;
import org.openapitools.client.model.Status;

/** Starts, registers, follows and cancels an onboarding with the client of openapi-generator. */
public class Client {
  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient() {
      /** Its own choice for the stream is application/problem+json alone, and the gateway answers 406. */
      @Override
      public String selectHeaderAccept(String[] accepts) {
        return String.join(", ", accepts);
      }
    };
    client.setBasePath(System.getenv("API"));
    client.setBearerToken(System.getenv("KEY"));
    OnboardingsApi onboardings = new OnboardingsApi(client);
    MessagesApi messages = new MessagesApi(client);
    String reference = System.getenv("REFERENCE");

    onboardings.startOnboarding(reference, new Start().email(System.getenv("EMAIL")), null);
    while (onboardings.readOnboarding(reference).getStatus() != Status.AWAITING_REGISTRATION) {
      Thread.sleep(200);
    }
    messages.register(reference, RegistrationForm.fromJson(System.getenv("FORM")), null);

    // The gateway sends a comment every 30 s if nothing changes, and the client would give up after 10 s.
    client.setReadTimeout(0);
    try (Response stream = onboardings.followOnboardingCall(reference, null, null).execute()) {
      BufferedSource lines = stream.body().source();
      for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
        if (!line.startsWith("data: ")) continue;
        Onboarding seen = Onboarding.fromJson(line.substring("data: ".length()));
        if (seen.getStatus() == Status.AWAITING_EMAIL) {
          messages.cancel(reference, new Cancellation().reason("seen in Java"), null);
        }
      }
    }

    Onboarding ended = onboardings.readOnboarding(reference);
    System.out.println(ended.getOutcome().getOutcomeCancelled().getReason());
  }
}
