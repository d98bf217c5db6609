import {
  alertmanagerSrv,
  alertmanagerUrl,
  grafanaService,
  prometheusUrl,
} from '../../../components/prometheus-stack/addresses';

const domain = { namespace: 'monitoring', clusterDomain: 'example.local' };

describe('addresses of the release', () => {
  it('reach every Alertmanager, in the notation of `--alertmanagers.url`', () => {
    expect(alertmanagerSrv(domain)).toBe(
      'dnssrv+http://_http-web._tcp.alertmanager-operated.monitoring.svc.example.local',
    );
  });

  it('reach any one Alertmanager, and any one Prometheus', () => {
    expect(alertmanagerUrl('monitoring')).toBe(
      'http://kube-prometheus-stack-alertmanager.monitoring.svc:9093',
    );
    expect(prometheusUrl(domain)).toBe(
      'http://kube-prometheus-stack-prometheus.monitoring.svc.example.local:9090',
    );
  });

  it('reach Grafana', () => {
    expect(grafanaService).toEqual({ name: 'kube-prometheus-stack-grafana', port: 80 });
  });
});
